package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.CustomLists;
import dev.carillon.engine.audience.CustomLists.Format;
import dev.carillon.engine.audience.Usage;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.settings.UploadLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of custom lists. */
@Controller
public class ListsController {
  private final Pages pages;
  private final CustomLists lists;
  private final long mostMegabytes;
  private final PeopleReads reads;

  ListsController(Pages pages, CustomLists lists, UploadLimit limit, PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.lists = lists;
    this.mostMegabytes = Math.min(limit.megabytes(), CustomLists.MOST_BYTES >> 20);
  }

  /** One list with who uses it. */
  public record One(CustomList list, Usage usage) {}

  /** All lists. */
  public record All(List<One> lines) {}

  @GetMapping("/lists")
  View list() {
    return pages.page(
        Section.SEGMENTS,
        "Lists",
        "lists/list.jte",
        new All(lists.all().stream().map(list -> new One(list, lists.usage(list.id()))).toList()));
  }

  @GetMapping("/lists/{id:\\d+}")
  View one(@PathVariable int id) {
    CustomList list = lists.find(id);
    int lines = list.report().unknownFirst().size() + list.report().malformedFirst().size();
    if (lines > 0) {
      reads.note(PeopleReads.Kind.LIST_ROWS, Integer.toString(id), "", lines);
    }
    return pages.page(
        Section.SEGMENTS, list.name(), "lists/one.jte", new One(list, lists.usage(id)));
  }

  /**
   * The form by which a file is brought in.
   *
   * @param id the list whose people are replaced; null for a new one
   * @param mostMegabytes how large the file may be
   * @param problems what is wrong, by field
   * @param touched campaigns that the change would reach
   */
  public record Form(
      @Nullable Integer id,
      String name,
      String column,
      String match,
      boolean header,
      long mostMegabytes,
      Map<String, String> problems,
      List<Campaign> touched) {
    public String action() {
      return id == null ? "/lists" : "/lists/" + id + "/replace";
    }
  }

  @GetMapping("/lists/new")
  View fresh() {
    return form(
        new Form(null, "", "", MatchBy.IDENTITY.key(), true, mostMegabytes, Map.of(), List.of()));
  }

  @GetMapping("/lists/{id:\\d+}/replace")
  View other(@PathVariable int id) {
    CustomList list = lists.find(id);
    return form(
        new Form(
            id, list.name(), "", list.matchBy().key(), true, mostMegabytes, Map.of(), List.of()));
  }

  @PostMapping("/lists")
  View create(
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String column,
      @RequestParam(defaultValue = "identity") String match,
      @RequestParam(defaultValue = "false") boolean header,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes next)
      throws IOException {
    Form form =
        new Form(
            null, title.strip(), column.strip(), match, header, mostMegabytes, Map.of(), List.of());
    return take(form, file, false, request, next);
  }

  @PostMapping("/lists/{id:\\d+}/replace")
  View replace(
      @PathVariable int id,
      @RequestParam(defaultValue = "") String column,
      @RequestParam(defaultValue = "identity") String match,
      @RequestParam(defaultValue = "false") boolean header,
      @RequestParam(defaultValue = "false") boolean confirm,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes next)
      throws IOException {
    String name = lists.find(id).name();
    Form form =
        new Form(id, name, column.strip(), match, header, mostMegabytes, Map.of(), List.of());
    return take(form, file, confirm, request, next);
  }

  private View take(
      Form form,
      @Nullable MultipartFile file,
      boolean confirm,
      HttpServletRequest request,
      RedirectAttributes next)
      throws IOException {
    Map<String, String> problems = new LinkedHashMap<>();
    if (form.name().isEmpty()) {
      problems.put("title", "Give the list a name.");
    }
    if (file == null || file.isEmpty()) {
      problems.put("file", "Choose a file with at least one row.");
    }
    if (file != null && file.getSize() > CustomLists.MOST_BYTES) {
      problems.put(
          "file",
          "The file has more than %d MB. Split it into several lists; conditions can name all of them."
              .formatted(mostMegabytes));
    }
    if (!problems.isEmpty() || file == null) {
      return form(with(form, problems, List.of()));
    }
    Format format =
        new Format(
            MatchBy.ofKey(form.match()).orElse(MatchBy.IDENTITY),
            form.column().isEmpty() ? null : form.column(),
            form.header());
    String by = Pages.user(request);
    try (InputStream csv = file.getInputStream()) {
      CustomList list =
          form.id() == null
              ? lists.create(form.name(), format, csv, by)
              : lists.replace(form.id(), format, csv, by, confirm);
      return Redirects.withNotice("The list is kept.", next, "/lists/" + list.id());
    } catch (NameTakenException taken) {
      problems.put("title", "Another list has this name. Choose another one.");
    } catch (AudienceException.Unreadable unreadable) {
      problems.put(
          unreadable.field().equals("name") ? "title" : unreadable.field(),
          String.valueOf(unreadable.getMessage()));
    } catch (AudienceException.InUse inUse) {
      return form(with(form, problems, inUse.usage().campaigns()));
    }
    return form(with(form, problems, List.of()));
  }

  private static Form with(Form form, Map<String, String> problems, List<Campaign> touched) {
    return new Form(
        form.id(),
        form.name(),
        form.column(),
        form.match(),
        form.header(),
        form.mostMegabytes(),
        Map.copyOf(problems),
        touched);
  }

  private View form(Form form) {
    return pages.page(
        form.problems().isEmpty() && form.touched().isEmpty() ? 200 : 422,
        Section.SEGMENTS,
        form.id() == null ? "New list" : "Replace " + form.name(),
        "lists/form.jte",
        form);
  }

  @GetMapping("/lists/{id:\\d+}/delete")
  View askDelete(@PathVariable int id) {
    CustomList list = lists.find(id);
    return pages.page(
        Section.SEGMENTS,
        "Delete " + list.name(),
        "lists/delete.jte",
        new One(list, lists.usage(id).holding()));
  }

  @PostMapping("/lists/{id:\\d+}/delete")
  View delete(@PathVariable int id, RedirectAttributes next) {
    try {
      lists.delete(id);
    } catch (AudienceException.InUse inUse) {
      return Redirects.to("/lists/" + id + "/delete");
    }
    return Redirects.withNotice("The list is deleted.", next, "/lists");
  }
}
