// The offline page comes back by itself: as soon as the network does, and by asking the server now and then.
const retry = async () => {
  try {
    const answer = await fetch("/health/live", { cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // still offline
  }
};
addEventListener("online", retry);
setInterval(retry, 5000);
document.getElementById("retry").addEventListener("click", () => location.reload());
if (!navigator.language.toLowerCase().startsWith("fr")) document.querySelector("main").append(document.querySelector("[lang=fr]"));
