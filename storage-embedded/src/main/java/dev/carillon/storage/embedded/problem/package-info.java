/** What can keep the store from its work, and the words for it. */
@NullMarked
package dev.carillon.storage.embedded.problem;

import org.jspecify.annotations.NullMarked;
