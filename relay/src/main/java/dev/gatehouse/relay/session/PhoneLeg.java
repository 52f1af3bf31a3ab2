package dev.gatehouse.relay.session;

import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.relay.gate.Introduction;
import dev.gatehouse.relay.outbox.Offer;
import dev.gatehouse.relay.outbox.Outbox;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.wire.envelope.EnvelopeReader;
import dev.gatehouse.wire.envelope.EnvelopeWriter;
import dev.gatehouse.wire.envelope.JsonText;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A phone's connection: its messages go to its binary in envelopes, as many at a time as the window
 * allows, and what the binary sends waits in an outbox.
 */
final class PhoneLeg implements Conversation, FrameSource {

  private final Rendezvous rendezvous;
  private final Introduction introduction;
  private final String remote;
  private final Outbox outbox;
  private final JsonText json = new JsonText();

  /** Bytes under way to the binary. */
  private final AtomicLong underWay = new AtomicLong();

  // kept, since one made for each message would be an allocation
  private final Runnable resume = this::resumeAtHalf;

  private String name;
  private EnvelopeWriter writer;
  private @Nullable Leg leg;
  private @Nullable BinaryLeg binary;

  private volatile boolean paused;

  /** Whether the binary has asked for its end, so that it need not be told of it. */
  private volatile boolean directed;

  PhoneLeg(
      Rendezvous rendezvous, Introduction introduction, String name, String remote, Outbox outbox) {
    this.rendezvous = rendezvous;
    this.introduction = introduction;
    this.name = name;
    this.remote = remote;
    this.outbox = outbox;
    this.writer = new EnvelopeWriter(name);
  }

  ServerId id() {
    return introduction.id();
  }

  String name() {
    return name;
  }

  String device() {
    return introduction.label();
  }

  String remote() {
    return remote;
  }

  /** Whether it is not read since its binary is slow; any thread. */
  boolean isPaused() {
    return paused;
  }

  long waiting() {
    return outbox.charged();
  }

  /** Takes another name, since the one that it had is taken. */
  void rename(String other) {
    name = other;
    writer = new EnvelopeWriter(other);
  }

  void attach(Leg attached) {
    leg = attached;
  }

  Leg leg() {
    Leg attached = leg;
    if (attached == null) {
      throw new IllegalStateException("no connection");
    }
    return attached;
  }

  /** It belongs to that binary from now on; on the loop. */
  void registered(BinaryLeg with) {
    binary = with;
    with.add(this);
    leg().resume();
  }

  boolean isAddressedBy(EnvelopeReader envelope) {
    return writer.isAddressedBy(envelope);
  }

  /**
   * Takes what the binary has for the phone; any thread.
   *
   * @param code what to close it with afterwards; 0: it stays
   */
  Offer deliver(@Nullable ByteBuf frame, long readNanos, int code) {
    Offer offer;
    if (code != 0) {
      directed = true;
      offer = outbox.offerLast(frame, readNanos, code);
    } else {
      offer = frame == null ? Offer.CLOSED : outbox.offer(frame, readNanos);
    }
    switch (offer) {
      case ACCEPTED -> leg().pump();
      case FULL -> overflow(code);
      case CLOSED -> {}
    }
    return offer;
  }

  private void overflow(int code) {
    if (code == 0) {
      leg().close(CloseCause.OUTBOX_FULL);
    } else {
      closeAsDirected(code);
    }
  }

  private void closeAsDirected(int code) {
    if (Close.isLegal(code)) {
      leg().close(CloseCause.DIRECTIVE, new Close(code, ""));
    } else {
      rendezvous.illegalCode(this, code);
      leg().close(CloseCause.ILLEGAL_DIRECTIVE);
    }
  }

  @Override
  public void received(ByteBuf message, long readNanos) {
    BinaryLeg to = binary;
    if (to == null) {
      return;
    }
    if (!json.read(message)) {
      rendezvous.invalidJson(this);
      leg().close(CloseCause.INVALID_JSON);
      return;
    }
    if (!to.isOpen()) {
      rendezvous.noBinary(this);
      leg().close(CloseCause.BINARY_GONE);
      return;
    }
    int length = json.to() - json.from();
    int whole = writer.dataLength(length);
    ByteBuf envelope = message.alloc().buffer(whole, whole);
    writer.writeData(message, json.from(), json.to(), envelope);
    long all = underWay.addAndGet(length);
    to.send(this, length, readNanos, envelope);
    if (all >= rendezvous.window() && !paused) {
      paused = true;
      rendezvous.paused(1);
      leg().pause();
      // the binary may have taken it all before it could see that
      resumeAtHalf();
    }
  }

  /** A message has reached the binary, or never will; any thread. */
  void forwarded(int length, long readNanos, boolean whole) {
    long left = underWay.addAndGet(-length);
    if (!whole) {
      rendezvous.sendFailed(this);
      leg().close(CloseCause.BINARY_GONE);
      return;
    }
    rendezvous.forwardedToBinary(length, readNanos);
    if (paused && left <= rendezvous.window() / 2) {
      leg().run(resume);
    }
  }

  /** The binary has been told that the phone has gone, or never will be; any thread. */
  void noticed(int code, boolean whole) {
    rendezvous.noticed(this, code, whole);
  }

  private void resumeAtHalf() {
    if (paused && underWay.get() <= rendezvous.window() / 2) {
      clearPause();
      leg().resume();
    }
  }

  private void clearPause() {
    if (paused) {
      paused = false;
      rendezvous.paused(-1);
    }
  }

  @Override
  public void ended(CloseCause cause, int code) {
    clearPause();
    BinaryLeg with = binary;
    if (with != null) {
      boolean legacy = cause == CloseCause.INVALID_JSON && code != cause.close().code();
      rendezvous.notifyOf(this, with, legacy ? CloseCause.PEER_DROP.close().code() : code);
    }
    rendezvous.left(this, cause);
    outbox.close();
  }

  boolean isRegistered() {
    return binary != null;
  }

  /** Whether the binary knows already that the phone goes. */
  boolean isDirected() {
    return directed;
  }

  /** The notice that the phone has gone. */
  ByteBuf notice(int code) {
    ByteBuf out = leg().buffer(writer.dataLength(0));
    writer.writeCloseNotice(code, out);
    return out;
  }

  @Override
  public void writeFailed() {
    int code = outbox.closeCode();
    if (code == 0) {
      leg().close(CloseCause.PHONE_WRITE_FAILED);
    } else {
      rendezvous.closeFrameFailed(this);
      closeAsDirected(code);
    }
  }

  @Override
  public @Nullable ByteBuf poll() {
    return outbox.poll();
  }

  @Override
  public void sent(int length, boolean whole) {
    long readNanos = outbox.written(length);
    if (whole) {
      rendezvous.forwardedToPhone(length, readNanos);
    }
  }

  @Override
  public void drained() {
    int code = outbox.dueCloseCode();
    if (code != 0) {
      rendezvous.directed(this, code);
      closeAsDirected(code);
    }
  }
}
