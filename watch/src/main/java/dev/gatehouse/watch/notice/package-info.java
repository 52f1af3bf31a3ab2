/**
 * What the operator is told of the exposure, and how often.
 *
 * <p>Start with {@link dev.gatehouse.watch.notice.ExposureLog} and {@link
 * dev.gatehouse.watch.notice.Lasting}.
 */
@NullMarked
package dev.gatehouse.watch.notice;

import org.jspecify.annotations.NullMarked;
