package dev.gatehouse.watch.owner;

/**
 * What the operator lets the lookup do.
 *
 * @param owners whether to look at other processes than Gatehouse's own
 * @param units whether to tell units and containers
 * @param walkBudget the share of one core that walks over descriptors may take
 */
public record OwnerSettings(boolean owners, boolean units, double walkBudget) {}
