package dev.gatehouse.proxy.upstream;

import java.time.Duration;

/**
 * How the backends of a group are checked.
 *
 * @param interval between two checks of a backend; zero for none
 * @param timeout how long a connect may take
 * @param proxyHeader whether the backend expects a PROXY header before anything else
 */
public record HealthCheck(Duration interval, Duration timeout, boolean proxyHeader) {}
