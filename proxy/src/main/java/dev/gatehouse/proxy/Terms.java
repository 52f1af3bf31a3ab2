package dev.gatehouse.proxy;

import dev.gatehouse.proxy.config.HelloLimits;
import dev.gatehouse.proxy.l4.Passthrough;
import dev.gatehouse.proxy.l7.Termination;
import dev.gatehouse.proxy.log.ConnectionLog;

/** How all listeners treat connections; a connection keeps the terms that it began with. */
record Terms(
    HelloLimits hello, Passthrough passthrough, Termination termination, ConnectionLog log) {}
