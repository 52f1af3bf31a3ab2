package dev.gatehouse.tracker.request;

/**
 * What an answer to an announce says beside the peers; used again for each announce.
 *
 * <p>Hooks before the answer may change the intervals, in whole seconds.
 */
public final class AnnounceReply {

  private long interval;
  private long minInterval;
  private int complete;
  private int incomplete;

  /** Begins an answer. */
  public void begin(long intervalSeconds, long minIntervalSeconds) {
    interval = intervalSeconds;
    minInterval = minIntervalSeconds;
    complete = 0;
    incomplete = 0;
  }

  /** Lets the client come later by so many seconds. */
  public void lengthen(long seconds) {
    interval += seconds;
  }

  /** Forbids the client to come again for so many seconds more. */
  public void lengthenMinimum(long seconds) {
    minInterval += seconds;
  }

  public void counted(int seeders, int leechers) {
    complete = seeders;
    incomplete = leechers;
  }

  public long interval() {
    return interval;
  }

  /** 0 is not said. */
  public long minInterval() {
    return minInterval;
  }

  /** Seeders that the client is told of. */
  public int complete() {
    return complete;
  }

  /** Leechers that the client is told of. */
  public int incomplete() {
    return incomplete;
  }
}
