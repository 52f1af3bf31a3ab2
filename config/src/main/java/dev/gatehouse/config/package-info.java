/**
 * Configuration text becomes records that features own, and every mistake is told at once; start
 * with {@link dev.gatehouse.config.Section} and {@link dev.gatehouse.config.Configuration}.
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
