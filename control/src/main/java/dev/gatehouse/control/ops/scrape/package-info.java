/**
 * The samples of all parts as the text that Prometheus reads; start with {@link
 * dev.gatehouse.control.ops.scrape.MetricsPage} and {@link
 * dev.gatehouse.control.ops.scrape.Samples}.
 */
@NullMarked
package dev.gatehouse.control.ops.scrape;

import org.jspecify.annotations.NullMarked;
