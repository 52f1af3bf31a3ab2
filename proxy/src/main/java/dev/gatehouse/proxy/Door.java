package dev.gatehouse.proxy;

import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.config.ProxySettings;

/** A listener of the proxy with what it does. */
record Door(Listener listener, FrontDoor front) {

  ListenerConfig config() {
    return front.snapshot().config();
  }

  boolean isAt(ListenerConfig other) {
    return config().address().equals(other.address());
  }

  /** Follows what its listener is told now. */
  void publish(ListenerConfig told, ProxySettings settings) {
    if (!told.guard().equals(config().guard())) {
      listener.guard(told.guard(), settings.proxyHeaderTimeout());
    }
    if (!told.equals(config())) {
      front.publish(told);
    }
  }
}
