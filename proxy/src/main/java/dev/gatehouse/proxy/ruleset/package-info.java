/**
 * What operators change while the proxy runs, as values; start with {@link
 * dev.gatehouse.proxy.ruleset.Ruleset} and {@link dev.gatehouse.proxy.ruleset.Edit}.
 */
@NullMarked
package dev.gatehouse.proxy.ruleset;

import org.jspecify.annotations.NullMarked;
