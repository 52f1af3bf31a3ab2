package dev.gatehouse.relay.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Both sides of a leg: has messages to be sent and writes down what it is told. */
final class ScriptedTalk implements Conversation, FrameSource {

  final List<String> received = new ArrayList<>();
  final List<String> ended = new ArrayList<>();
  final List<String> sent = new ArrayList<>();
  int drained;
  @Nullable Leg leg;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();

  void add(String message) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer();
    buffer.writeCharSequence(message, UTF_8);
    waiting.add(buffer);
  }

  int waiting() {
    return waiting.size();
  }

  void release() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }

  @Override
  public void received(ByteBuf message, long readNanos) {
    received.add(message.toString(UTF_8));
  }

  @Override
  public void ended(CloseCause cause, int code) {
    ended.add(cause + " " + code);
  }

  @Override
  public void writeFailed() {
    Objects.requireNonNull(leg).close(CloseCause.PHONE_WRITE_FAILED);
  }

  @Override
  public @Nullable ByteBuf poll() {
    return waiting.poll();
  }

  @Override
  public void sent(int length, boolean whole) {
    sent.add(length + (whole ? " whole" : " lost"));
  }

  @Override
  public void drained() {
    drained++;
  }
}
