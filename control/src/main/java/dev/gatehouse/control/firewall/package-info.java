/**
 * The calls about whom the public listeners let in; start with {@link
 * dev.gatehouse.control.firewall.FirewallCalls}.
 */
@NullMarked
package dev.gatehouse.control.firewall;

import org.jspecify.annotations.NullMarked;
