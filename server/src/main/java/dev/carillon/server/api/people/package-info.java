/** People, imports of them, and data that could not be applied. */
@NullMarked
package dev.carillon.server.api.people;

import org.jspecify.annotations.NullMarked;
