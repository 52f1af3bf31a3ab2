/** Whom the firewall lets in; start with {@link dev.gatehouse.cli.firewall.FirewallCommands}. */
@NullMarked
package dev.gatehouse.cli.firewall;

import org.jspecify.annotations.NullMarked;
