/**
 * The table {@code [proxy]}; start with {@link dev.gatehouse.proxy.config.ProxyConfig} and {@link
 * dev.gatehouse.proxy.config.RouteReader}.
 */
@NullMarked
package dev.gatehouse.proxy.config;

import org.jspecify.annotations.NullMarked;
