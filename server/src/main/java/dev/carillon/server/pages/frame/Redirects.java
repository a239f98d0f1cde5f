package dev.carillon.server.pages.frame;

import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** Where a browser goes after a form was handled, and the notice shown there. */
public final class Redirects {

  private Redirects() {}

  /** Leads on to an address of this server. */
  public static View to(String address) {
    RedirectView view = new RedirectView(address);
    view.setExposeModelAttributes(false);
    return view;
  }

  /** Leads on to an address, whose page shows these words once. */
  public static View withNotice(String words, RedirectAttributes next, String address) {
    next.addFlashAttribute(Pages.NOTICE, words);
    return to(address);
  }
}
