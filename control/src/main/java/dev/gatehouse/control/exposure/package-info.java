/**
 * The watch as calls: views in, messages out. Start with {@link
 * dev.gatehouse.control.exposure.WatchCalls} and {@link
 * dev.gatehouse.control.exposure.ExposureMessages}.
 */
@NullMarked
package dev.gatehouse.control.exposure;

import org.jspecify.annotations.NullMarked;
