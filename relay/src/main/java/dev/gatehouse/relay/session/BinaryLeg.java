package dev.gatehouse.relay.session;

import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.relay.gate.Introduction;
import dev.gatehouse.relay.outbox.Offer;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.wire.envelope.EnvelopeKind;
import dev.gatehouse.wire.envelope.EnvelopeReader;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A binary's connection: what its envelopes ask is done at once, and none of its phones can make it
 * wait.
 *
 * <p>Its phones are in a copied array, since each message looks one up and few come or go.
 */
final class BinaryLeg implements Conversation, FrameSource {

  private static final PhoneLeg[] NOBODY = {};

  private final Rendezvous rendezvous;
  private final Introduction introduction;
  private final String name;
  private final String remote;
  private final BinaryQueue queue = new BinaryQueue();
  private final EnvelopeReader reader = new EnvelopeReader();
  private @Nullable Leg leg;
  private volatile PhoneLeg[] phones = NOBODY;
  private volatile boolean open = true;

  BinaryLeg(Rendezvous rendezvous, Introduction introduction, String name, String remote) {
    this.rendezvous = rendezvous;
    this.introduction = introduction;
    this.name = name;
    this.remote = remote;
  }

  ServerId id() {
    return introduction.id();
  }

  String name() {
    return name;
  }

  String version() {
    return introduction.label();
  }

  String remote() {
    return remote;
  }

  /** Whether it may still be written to; any thread. */
  boolean isOpen() {
    return open;
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

  /** It holds its server-id, so that it may speak; any thread. */
  void established() {
    leg().run(() -> leg().resume());
  }

  synchronized void add(PhoneLeg phone) {
    PhoneLeg[] more = Arrays.copyOf(phones, phones.length + 1);
    more[phones.length] = phone;
    phones = more;
  }

  synchronized void remove(PhoneLeg phone) {
    phones = Arrays.stream(phones).filter(other -> other != phone).toArray(PhoneLeg[]::new);
  }

  /** Takes an envelope around a message of that length; any thread. */
  void send(PhoneLeg phone, int length, long readNanos, ByteBuf envelope) {
    if (queue.add(phone, length, readNanos, envelope)) {
      leg().pump();
    } else {
      envelope.release();
      phone.forwarded(length, readNanos, false);
    }
  }

  /** Takes a notice that a phone has gone; any thread. */
  void sendNotice(PhoneLeg phone, int code, ByteBuf notice) {
    if (queue.addNotice(phone, code, notice)) {
      leg().pump();
    } else {
      notice.release();
      phone.noticed(code, false);
    }
  }

  @Override
  public void received(ByteBuf message, long readNanos) {
    EnvelopeKind kind = reader.read(message);
    switch (kind) {
      case DATA, CLOSE -> deliver(message, readNanos);
      case WAKE -> rendezvous.wake(this, reader.wake());
      case MALFORMED, MISSING_CONN_ID, MISSING_FRAME -> rendezvous.malformed(this, kind);
    }
    reader.clear();
  }

  private void deliver(ByteBuf message, long readNanos) {
    PhoneLeg phone = find();
    if (phone == null) {
      rendezvous.unknownPhone(this);
      return;
    }
    ByteBuf frame =
        reader.hasFrame() ? frame(message, reader.frameIndex(), reader.frameLength()) : null;
    Offer offer = phone.deliver(frame, readNanos, reader.closeCode());
    if (offer != Offer.ACCEPTED) {
      rendezvous.refused(phone, offer);
    }
  }

  private @Nullable PhoneLeg find() {
    for (PhoneLeg phone : phones) {
      if (phone.isAddressedBy(reader)) {
        return phone;
      }
    }
    return null;
  }

  /** A part of the message, unless that would keep much more in memory than it is. */
  private static ByteBuf frame(ByteBuf message, int index, int length) {
    return length * 4L >= message.capacity()
        ? message.retainedSlice(index, length)
        : message.alloc().buffer(length, length).writeBytes(message, index, length);
  }

  @Override
  public void ended(CloseCause cause, int code) {
    open = false;
    rendezvous.left(this, cause);
    queue.close();
  }

  @Override
  public void writeFailed() {
    leg().close(CloseCause.BINARY_WRITE_FAILED);
  }

  @Override
  public @Nullable ByteBuf poll() {
    return queue.poll();
  }

  @Override
  public void sent(int length, boolean whole) {
    queue.sent(whole);
  }

  @Override
  public void drained() {
    // there is always more to come
  }
}
