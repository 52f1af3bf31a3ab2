package dev.gatehouse.client.daemon;

import dev.gatehouse.client.proxy.Route;
import java.time.Duration;
import java.util.Optional;

/**
 * What one route is doing.
 *
 * @param active connections now
 * @param perSecond new connections
 * @param errorsPerSecond connections that ended otherwise than their two sides wished
 * @param dialP50 half of the dials took no longer; absent if there was none
 * @param dialP99 99 of 100 dials took no longer
 */
public record RouteRate(
    String listener,
    String hostname,
    Route.Mode mode,
    long active,
    double perSecond,
    double bytesFromClientPerSecond,
    double bytesFromBackendPerSecond,
    double errorsPerSecond,
    Optional<Duration> dialP50,
    Optional<Duration> dialP99) {}
