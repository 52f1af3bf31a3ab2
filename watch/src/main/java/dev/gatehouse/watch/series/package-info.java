/**
 * What Prometheus sees of the sockets: distinct tuples, capped, made once per scan.
 *
 * <p>Start with {@link dev.gatehouse.watch.series.ListenerSeries} and {@link
 * dev.gatehouse.watch.series.SampleList}.
 */
@NullMarked
package dev.gatehouse.watch.series;

import org.jspecify.annotations.NullMarked;
