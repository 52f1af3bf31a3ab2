/**
 * The frontend that speaks HTTP and HTTPS (<a
 * href="https://www.bittorrent.org/beps/bep_0003.html">BEP 3</a>, <a
 * href="https://www.bittorrent.org/beps/bep_0048.html">BEP 48</a>); start with {@link
 * dev.gatehouse.tracker.http.HttpFrontend}, {@code HttpConnection} and {@code HttpRequests}, where
 * a request takes its steps.
 */
@NullMarked
package dev.gatehouse.tracker.http;

import org.jspecify.annotations.NullMarked;
