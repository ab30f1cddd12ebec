/**
 * The script of a user: what a virtual user of k6 or a user of Locust does.
 */
export class LoadTestScript {
  /**
   * A script in one file of yours, which is read at synthesis and becomes a part of the task definition. It cannot load other files of yours.
   *
   * @param path of a JavaScript file for k6, or of a Python file for Locust.
   */
  public static fromFile(path: string): LoadTestScript {
    return new LoadTestScript('file', path);
  }

  /**
   * A script as text, which becomes a part of the task definition.
   *
   * @param text of a JavaScript module for k6, or of a Python module for Locust.
   */
  public static inline(text: string): LoadTestScript {
    return new LoadTestScript('text', text);
  }

  /**
   * A script that the `image` of the engine has, with any files beside it.
   *
   * @param path in the image, absolute: `/scripts/shop.js`.
   */
  public static inImage(path: string): LoadTestScript {
    return new LoadTestScript('image', path);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'file' | 'image' | 'text',
    /** @internal */
    public readonly _value: string,
  ) {}
}
