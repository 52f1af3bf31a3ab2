/**
 * Whom this host talks to at all: rules, a rate, and the countries of addresses; start with {@link
 * dev.gatehouse.net.firewall.Firewall} and {@link dev.gatehouse.net.firewall.RuleFirewall}.
 */
@NullMarked
package dev.gatehouse.net.firewall;

import org.jspecify.annotations.NullMarked;
