# A private PostgreSQL on loopback for tests; sourced by scripts/test.sh and scripts/faults.sh.
#   postgres_bin             prints the folder of its programs; nothing when it is not installed
#   start_postgres FOLDER    a new cluster in FOLDER; sets MAINTENANCE_TEST_POSTGRES and stops the cluster at exit
# FOLDER is deleted at exit, with everything in it.

postgres_bin() { find /usr/lib/postgresql -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -n 1; }

postgres_as_owner() { "$@"; }

postgres_stop() {
  postgres_as_owner "$(postgres_bin)/pg_ctl" -D "$postgres_work/cluster" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$postgres_work"
}

start_postgres() {
  local bin port
  postgres_work=$1
  bin=$(postgres_bin)
  if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$postgres_work"
    postgres_as_owner() { (cd "$postgres_work" && runuser -u postgres -- "$@"); }
  fi
  trap postgres_stop EXIT
  trap 'exit 130' INT TERM
  postgres_as_owner "$bin/initdb" -D "$postgres_work/cluster" -U maintenance --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if postgres_as_owner "$bin/pg_ctl" -D "$postgres_work/cluster" -l "$postgres_work/log" -w -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB" start >/dev/null 2>&1; then
      export MAINTENANCE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=maintenance;Database=postgres"
      export MAINTENANCE_TEST_REQUIRE_POSTGRES=1
      echo "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') on 127.0.0.1:$port"
      return 0
    fi
  done
  echo "PostgreSQL does not start:" >&2
  cat "$postgres_work/log" >&2
  exit 2
}
