package dev.gatehouse.relay.view;

/**
 * The relay's numbers at one moment.
 *
 * @param connections places that are taken, of so many that there are
 * @param pending not upgraded yet
 * @param outboxBytes what waits for all phones
 */
public record TotalsView(
    int binaries,
    int graced,
    int phones,
    int connections,
    int limit,
    int pending,
    long outboxBytes,
    long outboxLimitBytes,
    int pausedPhones,
    boolean draining) {}
