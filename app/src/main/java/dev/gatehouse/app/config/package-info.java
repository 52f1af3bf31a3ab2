/** The configuration as a whole; start with {@link dev.gatehouse.app.config.GatehouseConfig}. */
@NullMarked
package dev.gatehouse.app.config;

import org.jspecify.annotations.NullMarked;
