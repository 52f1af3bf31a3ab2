/**
 * What was found, held against what was expected; pure. Start with {@link
 * dev.gatehouse.watch.exposure.ExposureSnapshot} and {@link dev.gatehouse.watch.exposure.Listener}.
 */
@NullMarked
package dev.gatehouse.watch.exposure;

import org.jspecify.annotations.NullMarked;
