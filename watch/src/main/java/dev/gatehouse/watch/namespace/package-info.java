/**
 * The network namespaces of this host other than Gatehouse's own, read without entering them.
 *
 * <p>Start with {@link dev.gatehouse.watch.namespace.Namespaces} and {@code HostNamespaces}.
 */
@NullMarked
package dev.gatehouse.watch.namespace;

import org.jspecify.annotations.NullMarked;
