package dev.carillon.engine.provider;

import dev.carillon.core.channel.MessageContent;
import java.util.List;

/**
 * A provider that can say, without any person's data, that a content could be filled for no one.
 */
public interface ContentCheck {

  /** What is wrong with a content; empty when it can be filled. Makes no call. */
  List<ContentProblem> checkContent(MessageContent what);

  /**
   * @param pointer JSON pointer within the content, such as /template/parameters/0
   * @param words what is wrong, with line and column where it is a matter of syntax
   */
  record ContentProblem(String pointer, String words) {}
}
