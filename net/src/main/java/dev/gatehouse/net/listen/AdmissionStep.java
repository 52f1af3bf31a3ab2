package dev.gatehouse.net.listen;

import io.netty.channel.Channel;

/**
 * One question to every new connection, asked on its loop.
 *
 * <p>A step that holds something for the connection gives it back when the channel closes.
 */
@FunctionalInterface
interface AdmissionStep {
  Verdict admit(Channel channel);
}
