using Hangfire;
using Hangfire.States;
using Hangfire.Storage;

namespace MaintenanceApp.Jobs;

/// <summary>Hangfire's storage as everybody gets it: whatever <see cref="JobStore"/> has open now, also after its file was replaced.</summary>
internal sealed class CurrentJobStorage : JobStorage
{
    private readonly JobStore store;

    public CurrentJobStorage(JobStore store) => (this.store, JobExpirationTimeout) = (store, JobStore.Kept);

    public override bool LinearizableReads => store.Current.LinearizableReads;

    public override IMonitoringApi GetMonitoringApi() => store.Current.GetMonitoringApi();

    public override IStorageConnection GetConnection() => store.Current.GetConnection();

    public override IStorageConnection GetReadOnlyConnection() => store.Current.GetReadOnlyConnection();

    public override IEnumerable<IStateHandler> GetStateHandlers() => store.Current.GetStateHandlers();

    public override bool HasFeature(string featureId) => store.Current.HasFeature(featureId);

    public override string ToString() => store.Current.ToString() ?? "";
}
