/**
 * An exposure as text, for people and for programs; start with {@link
 * dev.gatehouse.cli.exposure.ExposureText} and {@link dev.gatehouse.cli.exposure.ExposureJson}.
 */
@NullMarked
package dev.gatehouse.cli.exposure;

import org.jspecify.annotations.NullMarked;
