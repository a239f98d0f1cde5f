package dev.carillon.engine.port.people;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.port.audience.Evaluation;
import org.jspecify.annotations.Nullable;

/**
 * Whom somebody searches for.
 *
 * @param text what an identity, an e-mail address or a name begins with, regardless of case
 * @param phone what a phone's E.164 digits begin with; null when the text is no number
 * @param rule what the users must match instead, unless the text is exactly their identity; null
 *     without
 * @param evaluation when and where the rule is evaluated
 * @param after the last user of the page before; null for the first page
 * @param limit the most users
 */
public record PeopleSearch(
    String text,
    @Nullable String phone,
    @Nullable Rule rule,
    Evaluation evaluation,
    @Nullable PeoplePlace after,
    int limit) {}
