/**
 * Where a configuration comes from, in the order of precedence; start with {@link
 * dev.gatehouse.config.source.ConfigSource} and {@link dev.gatehouse.config.source.Given}.
 */
@NullMarked
package dev.gatehouse.config.source;

import org.jspecify.annotations.NullMarked;
