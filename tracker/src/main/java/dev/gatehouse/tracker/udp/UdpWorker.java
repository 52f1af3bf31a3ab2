package dev.gatehouse.tracker.udp;

import dev.gatehouse.net.datagram.Datagram;
import dev.gatehouse.net.datagram.DatagramHandler;
import dev.gatehouse.net.datagram.LateAnswers;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;

/**
 * Answers the datagrams of one worker by the terms in force, which may change between two batches.
 * What has begun by the terms of before ends by them.
 */
@SuppressWarnings(
    "ReferenceEquality") // terms are the same or others, and nobody has the time to compare
final class UdpWorker implements DatagramHandler {

  private final Supplier<UdpTerms> inForce;
  private final LateAnswers late;
  private UdpTerms terms;
  private UdpRequests requests;

  UdpWorker(Supplier<UdpTerms> inForce, LateAnswers late) {
    this.inForce = inForce;
    this.late = late;
    terms = inForce.get();
    requests = new UdpRequests(terms, late);
  }

  @Override
  public void begin() {
    UdpTerms now = inForce.get();
    if (now != terms) {
      terms = now;
      requests = new UdpRequests(now, late);
    }
    requests.begin();
  }

  @Override
  public void handle(Datagram in, ByteBuf out) {
    requests.handle(in, out);
  }
}
