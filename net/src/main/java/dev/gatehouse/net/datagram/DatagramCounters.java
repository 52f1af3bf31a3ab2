package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.syscall.Errno;
import java.util.concurrent.atomic.LongAdder;

/** What a listener counts, a batch at a time. */
@SuppressWarnings("EnumOrdinal") // arrays, since this is counted for each request
final class DatagramCounters {

  /** Why an answer could not be sent. */
  enum SendError {
    TOO_BIG("too_big"),
    NO_BUFFER("no_buffer"),
    UNREACHABLE("unreachable"),
    OTHER("other");

    private final String label;

    SendError(String label) {
      this.label = label;
    }

    static SendError of(int errno) {
      return switch (errno) {
        case Errno.EMSGSIZE -> TOO_BIG;
        case Errno.ENOBUFS, Errno.EAGAIN -> NO_BUFFER;
        case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EPERM -> UNREACHABLE;
        default -> OTHER;
      };
    }
  }

  private static final String PROTOCOL = "udp";

  private final Histogram batches;
  private final LongAdder datagramsIn;
  private final LongAdder bytesIn;
  private final LongAdder datagramsOut;
  private final LongAdder bytesOut;
  private final LongAdder oversize;
  private final LongAdder blocked;
  private final LongAdder[] sendErrors = new LongAdder[SendError.values().length];

  DatagramCounters(String listener, EventCounters counters) {
    batches = counters.histogram(Metric.TRACKER_UDP_BATCH_SIZE, listener);
    datagramsIn = counters.counter(Metric.TRACKER_UDP_DATAGRAMS, listener, "in");
    bytesIn = counters.counter(Metric.TRACKER_UDP_BYTES, listener, "in");
    datagramsOut = counters.counter(Metric.TRACKER_UDP_DATAGRAMS, listener, "out");
    bytesOut = counters.counter(Metric.TRACKER_UDP_BYTES, listener, "out");
    oversize = counters.counter(Metric.TRACKER_DROPPED, PROTOCOL, "oversize");
    blocked = counters.counter(Metric.TRACKER_DROPPED, PROTOCOL, "firewall");
    for (SendError error : SendError.values()) {
      sendErrors[error.ordinal()] =
          counters.counter(Metric.TRACKER_UDP_SEND_ERRORS, listener, error.label);
    }
  }

  void received(int datagrams, long bytes) {
    batches.record(datagrams);
    datagramsIn.add(datagrams);
    bytesIn.add(bytes);
  }

  void sent(int datagrams, long bytes) {
    datagramsOut.add(datagrams);
    bytesOut.add(bytes);
  }

  void notSent(SendError error) {
    sendErrors[error.ordinal()].increment();
  }

  void oversize() {
    oversize.increment();
  }

  void blocked() {
    blocked.increment();
  }
}
