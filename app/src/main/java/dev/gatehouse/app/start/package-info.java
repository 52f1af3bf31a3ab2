/**
 * The steps of a start that belong to no feature; start with {@link
 * dev.gatehouse.app.start.OwnSocketAudit} and {@link dev.gatehouse.app.start.AcceptConnections}.
 */
@NullMarked
package dev.gatehouse.app.start;

import org.jspecify.annotations.NullMarked;
