/** Records of the client as messages of the API, and the other way round. */
@NullMarked
package dev.gatehouse.client.message;

import org.jspecify.annotations.NullMarked;
