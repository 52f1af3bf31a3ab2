package dev.gatehouse.relay.session;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Where a leg takes its messages from, and is told what became of each, in the same order. */
interface FrameSource {

  /** The next message, which then belongs to the leg; null if none waits. */
  @Nullable ByteBuf poll();

  /** The oldest message that was polled has been taken by the kernel, or never will be. */
  void sent(int length, boolean whole);

  /** Everything that was polled has been sent, and nothing waits. */
  void drained();
}
