package dev.gatehouse.tracker;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.tracker.client.ClientSoftware;
import dev.gatehouse.tracker.request.Scrape;
import dev.gatehouse.tracker.storage.SwarmStore;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.tracker.swarm.Swarms;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What operators are shown of a store; whoever asks waits for it. */
record StoreView(SwarmStore store) implements MetricSource {

  /** The word of the configuration for the only store that there is. */
  private static final String MEMORY = "memory";

  TrackerView.SwarmView swarm(InfoHash torrent, int peers) {
    Scrape scrape = new Scrape();
    scrape.add(torrent);
    store.scrape(scrape).toCompletableFuture().join();
    List<TrackerView.PeerView> members =
        store.members(torrent, peers).toCompletableFuture().join().stream()
            .map(StoreView::peer)
            .toList();
    return new TrackerView.SwarmView(
        scrape.seeders(0), scrape.leechers(0), scrape.snatches(0), members);
  }

  private static TrackerView.PeerView peer(Swarms.Member member) {
    return new TrackerView.PeerView(
        member.endpoint(),
        ClientSoftware.of(member.id().bytes(), 0).label(),
        member.seeder(),
        Duration.ofSeconds(member.ageSeconds()));
  }

  /** Whether the store says at once that it can do its work. */
  boolean isUp() {
    CompletableFuture<?> ping = store.ping().toCompletableFuture();
    return ping.isDone() && !ping.isCompletedExceptionally();
  }

  int remove(InfoHash torrent) {
    return store.remove(torrent).toCompletableFuture().join();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.TRACKER_STORAGE_UP, isUp() ? 1 : 0, MEMORY);
    SwarmCounts counts = store.counts();
    sink.sample(Metric.TRACKER_STORAGE_INFOHASHES_COUNT, (double) counts.swarms());
    sink.sample(Metric.TRACKER_STORAGE_SEEDERS_COUNT, (double) counts.seeders());
    sink.sample(Metric.TRACKER_STORAGE_LEECHERS_COUNT, (double) counts.leechers());
    sink.sample(Metric.TRACKER_STORAGE_PEERS, (double) counts.ipv4Peers(), "IPv4");
    sink.sample(Metric.TRACKER_STORAGE_PEERS, (double) counts.ipv6Peers(), "IPv6");
    sink.sample(Metric.TRACKER_STORAGE_DOWNLOADS, (double) counts.snatches());
    sink.sample(Metric.TRACKER_STORAGE_REJECTED, (double) counts.refused(), "full");
    sink.sample(Metric.TRACKER_STORAGE_REJECTED, (double) counts.evicted(), "swarm_full");
  }
}
