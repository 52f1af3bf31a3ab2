/**
 * The catalogue of metrics and the way samples travel to a scrape; start with {@link
 * dev.gatehouse.kernel.metric.Metric}.
 */
@NullMarked
package dev.gatehouse.kernel.metric;

import org.jspecify.annotations.NullMarked;
