package dev.carillon.core.campaign;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One going-out of a campaign.
 *
 * @param campaign the campaign's id
 * @param number 1, 2, 3, ... within the campaign
 * @param dueAt when it was to start
 * @param plannedAt when its audience was selected; null before
 * @param firstSeq number of its first message
 * @param planned how many messages it planned, control included
 * @param finishedAt when the last of them was tried; null before
 */
public record Run(
    int campaign,
    int number,
    Instant dueAt,
    @Nullable Instant plannedAt,
    int firstSeq,
    int planned,
    @Nullable Instant finishedAt) {}
