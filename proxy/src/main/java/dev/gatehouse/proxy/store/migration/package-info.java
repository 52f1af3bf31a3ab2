/** The steps in which a database gets its tables, as SQL, and what is told while they are taken. */
@NullMarked
package dev.gatehouse.proxy.store.migration;

import org.jspecify.annotations.NullMarked;
