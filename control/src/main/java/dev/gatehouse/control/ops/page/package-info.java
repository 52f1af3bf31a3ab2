/**
 * What can be read from the ops listener, whatever it travels on; start with {@link
 * dev.gatehouse.control.ops.page.Page} and {@link dev.gatehouse.control.ops.page.Route}.
 */
@NullMarked
package dev.gatehouse.control.ops.page;

import org.jspecify.annotations.NullMarked;
