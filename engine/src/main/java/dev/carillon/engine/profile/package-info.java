/** Profiles: what is known of a user, merged from changes that come in any order. */
@NullMarked
package dev.carillon.engine.profile;

import org.jspecify.annotations.NullMarked;
