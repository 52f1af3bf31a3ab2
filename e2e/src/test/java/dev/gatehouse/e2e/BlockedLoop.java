package dev.gatehouse.e2e;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A program whose event loop waits for what never comes, to see whether that is noticed. */
final class BlockedLoop {

  private BlockedLoop() {}

  public static void main(String[] arguments) throws Exception {
    try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      loops.next().submit(() -> new CountDownLatch(1).await(1, TimeUnit.SECONDS)).get();
    } catch (ExecutionException e) {
      System.out.println(e.getCause());
    }
  }
}
