package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.Segment;
import dev.carillon.engine.port.audience.ListStore;
import dev.carillon.engine.port.audience.SegmentStore;
import dev.carillon.server.pages.wording.RuleText;
import org.springframework.stereotype.Component;

/** Looks up the current names of segments and lists. */
@Component
public class SavedNames implements RuleText.Names {
  private static final String GONE = "that is gone";

  private final SegmentStore metadata;
  private final ListStore facts;

  SavedNames(SegmentStore metadata, ListStore facts) {
    this.metadata = metadata;
    this.facts = facts;
  }

  @Override
  public String segment(int id) {
    return metadata.segment(id).map(Segment::name).orElse(GONE);
  }

  @Override
  public String list(int id) {
    return facts.list(id).map(CustomList::name).orElse(GONE);
  }
}
