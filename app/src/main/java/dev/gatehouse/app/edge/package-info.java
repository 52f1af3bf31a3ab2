/**
 * What the database and the file mean for the whole edge; start with {@link
 * dev.gatehouse.app.edge.EdgeStore} and {@link dev.gatehouse.app.edge.EdgePublication}.
 */
@NullMarked
package dev.gatehouse.app.edge;

import org.jspecify.annotations.NullMarked;
