package dev.gatehouse.proxy.upstream.pool;

import io.netty.channel.ChannelId;

/** The name of a channel that is not the only embedded one. */
record NamedId(String asShortText) implements ChannelId {

  static ChannelId of(String name) {
    return new NamedId(name);
  }

  @Override
  public String asLongText() {
    return asShortText;
  }

  @Override
  public int compareTo(ChannelId other) {
    return asShortText.compareTo(other.asShortText());
  }
}
