/**
 * The configuration file and the database side by side; start with {@link
 * dev.gatehouse.cli.config.ConfigCommands}.
 */
@NullMarked
package dev.gatehouse.cli.config;

import org.jspecify.annotations.NullMarked;
