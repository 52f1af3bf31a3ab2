/**
 * Whom the public listeners let in; start with {@link dev.gatehouse.client.firewall.FirewallRule}.
 */
@NullMarked
package dev.gatehouse.client.firewall;

import org.jspecify.annotations.NullMarked;
