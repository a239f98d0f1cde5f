/** Tests of merging profiles. */
@NullMarked
package dev.carillon.engine.profile;

import org.jspecify.annotations.NullMarked;
