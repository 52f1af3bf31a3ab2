/**
 * Bounds over time as pure arithmetic; start with {@link dev.gatehouse.kernel.limit.EventBudget}.
 */
@NullMarked
package dev.gatehouse.kernel.limit;

import org.jspecify.annotations.NullMarked;
