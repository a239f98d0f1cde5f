package dev.carillon.core.campaign;

import java.util.EnumSet;
import java.util.Set;

/**
 * What people may do with a campaign, and where it has to stand for it. Which status follows which
 * is decided by {@link CampaignStatus#next()} alone; an action that moves a campaign may be taken
 * wherever its status may follow.
 */
public enum CampaignAction {
  /** Change what it says of itself; once it has gone out, what holds from the next run on. */
  EDIT,
  /** Change its name and labels, when nothing else can be changed any more. */
  RENAME,
  LAUNCH,
  /** Take it back to a draft before it starts. */
  UNSCHEDULE,
  PAUSE,
  RESUME,
  STOP,
  /** Make a draft like it. */
  CLONE,
  /** Hide it from the list; its numbers stay. */
  ARCHIVE,
  UNARCHIVE,
  /** Take away a draft for good. */
  DELETE;

  /** Where a campaign may stand for this. */
  public Set<CampaignStatus> from() {
    return switch (this) {
      case EDIT ->
          EnumSet.of(
              CampaignStatus.DRAFT, CampaignStatus.SCHEDULED, CampaignStatus.AWAITING_NEXT_RUN);
      case RENAME -> EnumSet.complementOf(EnumSet.copyOf(EDIT.from()));
      case LAUNCH, DELETE -> EnumSet.of(CampaignStatus.DRAFT);
      case UNSCHEDULE -> before(CampaignStatus.DRAFT);
      case PAUSE -> before(CampaignStatus.PAUSED);
      case RESUME -> EnumSet.of(CampaignStatus.PAUSED);
      case STOP -> before(CampaignStatus.STOPPED);
      case CLONE -> EnumSet.allOf(CampaignStatus.class);
      case ARCHIVE, UNARCHIVE ->
          EnumSet.of(CampaignStatus.DRAFT, CampaignStatus.STOPPED, CampaignStatus.COMPLETED);
    };
  }

  /** Whether it may be done to the campaign now. */
  public boolean allowed(Campaign campaign) {
    boolean archived = campaign.archivedAt() != null;
    return from().contains(campaign.status())
        && switch (this) {
          case ARCHIVE -> !archived;
          case UNARCHIVE -> archived;
          case EDIT, RENAME, LAUNCH, UNSCHEDULE, PAUSE, RESUME, STOP, CLONE, DELETE -> true;
        };
  }

  private static Set<CampaignStatus> before(CampaignStatus target) {
    EnumSet<CampaignStatus> statuses = EnumSet.noneOf(CampaignStatus.class);
    for (CampaignStatus status : CampaignStatus.values()) {
      if (status.next().contains(target)) {
        statuses.add(status);
      }
    }
    return statuses;
  }
}
