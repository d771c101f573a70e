"""What the classes are called: the everyday word first where ImageNet has a rarer one, and the
synonyms that people search for."""

SYNONYMS = {
    "European fire salamander": "fire salamander, European fire salamander",
    "American alligator": "alligator, American alligator",
    "boa constrictor": "boa constrictor, snake",
    "black widow": "black widow, spider",
    "American lobster": "lobster, American lobster",
    "Chihuahua": "Chihuahua, dog",
    "Yorkshire terrier": "Yorkshire terrier, dog",
    "golden retriever": "golden retriever, dog",
    "German shepherd": "German shepherd, dog",
    "standard poodle": "poodle, standard poodle, dog",
    "tabby": "tabby cat, tabby",
    "cougar": "cougar, puma, mountain lion",
    "ladybug": "ladybug, ladybird",
    "monarch": "monarch butterfly, monarch",
    "hog": "pig, hog",
    "bighorn": "bighorn sheep, bighorn",
    "Arabian camel": "camel, Arabian camel, dromedary",
    "African elephant": "elephant, African elephant",
    "lesser panda": "red panda, lesser panda",
    "bathtub": "bathtub, bath",
    "beacon": "lighthouse, beacon",
    "bow tie": "bow tie, bow-tie",
    "bullet train": "high-speed train, bullet train",
    "computer keyboard": "computer keyboard, keypad",
    "freight car": "freight car, goods wagon",
    "iPod": "iPod, music player",
    "magnetic compass": "compass, magnetic compass",
    "moving van": "moving van, removal van",
    "pop bottle": "soda bottle, pop bottle",
    "refrigerator": "refrigerator, fridge",
    "spider web": "spider web, cobweb",
    "teddy": "teddy bear, teddy",
    "trolleybus": "trolleybus, trolley coach",
    "bell pepper": "bell pepper, sweet pepper",
    "espresso": "espresso, coffee",
    "alp": "mountain, alp",
    "lakeside": "lakeside, lakeshore",
    "seashore": "seashore, beach, coast",
}


def readable(name):
    """The label of a class: its names, the commonest first, separated by commas."""
    return SYNONYMS.get(name, name)
